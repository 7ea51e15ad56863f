// Icons before a card's name, drawn in lines: `.icon svg` in the component's CSS gives size and stroke.
const ICONS = {
  check: '<circle cx="8" cy="8" r="6.2"/><path d="m5 8.2 2.2 2.2L11.2 6"/>',
  late: '<path d="M8 2 14.6 13.6H1.4zM8 6.4v3.4M8 11.6v.4"/>',
  calendar: '<rect x="2" y="3" width="12" height="11" rx="1.5"/><path d="M2 6.6h12M5.4 1.4v3M10.6 1.4v3"/>',
  clip: '<path d="m13.2 7.4-5.4 5.4a3.2 3.2 0 0 1-4.6-4.6l5.7-5.6a2.1 2.1 0 0 1 3 3l-5.6 5.6a1 1 0 0 1-1.5-1.4l5-5"/>',
  wallet: '<rect x="1.8" y="3.6" width="12.4" height="9.8" rx="1.5"/><path d="M14 6.8h-4a1.7 1.7 0 0 0 0 3.4h4M3.6 3.4 10.4 1.6v2"/>',
  people: '<circle cx="6" cy="5.4" r="2.4"/><path d="M1.6 13.4c0-2.6 2-4 4.4-4s4.4 1.4 4.4 4M10.6 3.2a2.4 2.4 0 0 1 0 4.5M11.8 9.7c1.6.5 2.6 1.8 2.6 3.7"/>',
  hourglass: '<path d="M4 1.8h8M4 14.2h8M4.8 1.8v2.6L8 8l3.2-3.6V1.8M4.8 14.2v-2.6L8 8l3.2 3.6v2.6"/>',
  columns: '<path d="M3.4 13.6V8.4M8 13.6V2.4M12.6 13.6V5.6" stroke-width="2.4"/>',
  bullets: '<path d="M2 4h12M2 8h8M2 12h5" stroke-width="2.2"/>',
  heart: '<path d="M8 13.8C4.4 11 1.8 8.9 1.8 6.1A3.3 3.3 0 0 1 8 4.4a3.3 3.3 0 0 1 6.2 1.7C14.2 8.9 11.6 11 8 13.8z"/>',
  areas: '<rect x="2" y="2.4" width="5" height="4.6" rx="1"/><rect x="9" y="2.4" width="5" height="4.6" rx="1"/><rect x="2" y="9" width="5" height="4.6" rx="1"/><rect x="9" y="9" width="5" height="4.6" rx="1"/>',
  done: '<circle cx="8" cy="8" r="6.2" class="full"/><path d="m5 8.2 2.2 2.2L11.2 6" class="over"/>',
  partly: '<circle cx="8" cy="8" r="6.2"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" class="full"/>',
  under_way: '<circle cx="8" cy="8" r="6.2"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" class="full"/>',
  coming: '<circle cx="8" cy="8" r="6.2"/>',
  postponed: '<path d="M2 11.4C2.6 7.6 6 6 9 6h3.6M9.4 2.6 12.8 6 9.4 9.4"/>',
  cancelled: '<path d="m3.4 3.4 9.2 9.2M12.6 3.4l-9.2 9.2"/>',
  standing: '<path d="M3 7.4A5 5 0 0 1 12 5M13 8.6A5 5 0 0 1 4 11M12.4 1.8V5H9.2M3.6 14.2V11h3.2"/>',
}
const TONES = { done: "green", partly: "green", under_way: "blue", coming: "gray", late: "orange", postponed: "violet", cancelled: "gray",
                standing: "yellow", check: "green", calendar: "blue", clip: "yellow", people: "gray", areas: "gray", wallet: "gray" }

const icon = (to, name, tone) => {
  const node = to.appendChild(document.createElement("i"))
  node.className = `icon ${tone ?? TONES[name] ?? ""}`
  node.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true">${ICONS[name] ?? ""}</svg>`
  return node
}
