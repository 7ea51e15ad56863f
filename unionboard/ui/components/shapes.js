// What components share: a status as a shape, and nodes whose text only ever enters as textContent.
const SHAPES = {
  check: '<circle cx="6" cy="6" r="5.5"/><path d="M3.3 6.2 5.3 8.2 8.7 4.2" fill="none" stroke="var(--paper, var(--st-background-color))" stroke-width="1.5"/>',
  half: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z"/>',
  dot: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx="6" cy="6" r="2.2"/>',
  ring: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  triangle: '<path d="M6 .8 11.6 11H.4z"/>',
  arrow: '<path d="M2 .8 11 6 2 11.2z"/>',
  cross: '<path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2.2"/>',
  bead: '<path d="M0 6h12" stroke="currentColor" stroke-width="1.4"/><circle cx="6" cy="6" r="3.2"/>',
}
const add = (to, tag, text, kind) => {
  const node = to.appendChild(document.createElement(tag))
  if (text !== undefined && text !== "") node.textContent = text
  if (kind) node.className = kind
  return node
}
const addShape = (to, shape, colour) => {
  const node = add(to, "span", "", `shape ${colour}`)
  node.innerHTML = `<svg viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">${SHAPES[shape] ?? ""}</svg>`
  return node
}
