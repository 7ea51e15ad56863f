// One picture in its place, and large above everything in a <dialog>. Names come from users: never innerHTML.
let lastOpened = 0

function make(tag, className, parent) {
  const element = document.createElement(tag)
  element.className = className
  parent.append(element)
  return element
}

function build(root) {
  const button = make("button", "photo", root)
  button.type = "button"
  const picture = make("img", "", button)
  const dialog = make("dialog", "large", root)
  const close = make("button", "close", dialog)
  close.type = "button"
  close.textContent = "×"
  const large = make("img", "", dialog)
  button.addEventListener("click", () => dialog.showModal())
  dialog.addEventListener("click", () => dialog.close())
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.stopPropagation() // the drawer behind stays open
    event.preventDefault()
    dialog.close()
  })
  dialog.addEventListener("close", () => button.focus())
  return { button, picture, dialog, close, large }
}

export default function ({ parentElement, data }) {
  const parts = (parentElement.ubPhoto ??= build(parentElement))
  for (const image of [parts.picture, parts.large]) {
    if (image.src !== data.src) image.src = data.src
    image.alt = data.name
  }
  parts.button.setAttribute("aria-label", `${data.enlarge}: ${data.name}`)
  parts.dialog.setAttribute("aria-label", data.name)
  parts.close.setAttribute("aria-label", data.close)
  if (data.opened > lastOpened) {
    lastOpened = data.opened
    parts.dialog.showModal()
  }
}
