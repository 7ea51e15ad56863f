// Lines of a document with what each became. Texts come from users: textContent only, never innerHTML.
function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text) element.textContent = text
  return element
}

function makeLine(line, isPicked, pick) {
  const row = make("div", `line ${line.tone}${line.strong ? " strong" : ""}${isPicked ? " picked" : ""}`)
  row.append(make("span", "number", line.number), make("span", "text", line.text), make("span", "mark", line.mark))
  row.setAttribute("role", "option")
  row.setAttribute("aria-selected", String(isPicked))
  row.tabIndex = 0
  row.onclick = () => pick(line.id)
  row.onkeydown = event => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      pick(line.id)
    }
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key]
    if (next) {
      event.preventDefault()
      next.focus()
    }
  }
  return row
}

export default function ({ data: { json }, parentElement, setTriggerValue }) {
  const data = JSON.parse(json)
  const pane = parentElement.querySelector(".pane")
  const place = pane.scrollTop
  pane.style.height = `${data.height}px`
  pane.setAttribute("aria-label", data.label)
  pane.replaceChildren(...data.lines.map(line => makeLine(line, line.id === data.picked, id => setTriggerValue("picked", id))))
  pane.scrollTop = place
  // Moves only when the line was picked elsewhere and is out of sight.
  pane.querySelector(".picked")?.scrollIntoView({ block: "nearest" })
}
