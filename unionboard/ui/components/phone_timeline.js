// The months of a plan as a list for a thumb: one button an activity. Text only ever enters as textContent.
const SHAPES = {
  circle: '<circle cx="6" cy="6" r="5"/>',
  "circle-open": '<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  "circle-open-dot": '<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/><circle cx="6" cy="6" r="2"/>',
  "triangle-up": '<path d="M6 1 11.5 11H.5z"/>',
  "triangle-right": '<path d="M1 .5 11 6 1 11.5z"/>',
  x: '<path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2.4"/>',
}
const add = (to, tag, text, kind) => {
  const node = to.appendChild(document.createElement(tag))
  if (text) node.textContent = text
  if (kind) node.className = kind
  return node
}
export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector("#months")
  list.replaceChildren()
  for (const month of data.months) {
    const head = add(list, "h3", month.name, month.now ? "now" : "")
    add(head, "span", month.share)
    for (const row of month.rows) {
      const button = add(list, "button", "", row.status)
      button.type = "button"
      add(button, "b", row.title)
      const word = add(button, "i", "", row.colour)
      word.innerHTML = `<svg viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">${SHAPES[row.shape] ?? ""}</svg>`
      word.append(row.word)
      add(button, "small", row.detail)
      button.onclick = () => setTriggerValue("opened", row.id)
    }
  }
}
