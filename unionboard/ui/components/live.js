// Asks again and again whether anything was changed. When it was, the page is drawn again at once if nothing is under the reader's
// hands; with a drawer or a menu open, or a field being typed in, a line only says so, and the page follows when they are done.
const EVERY_MS = 800, AGAIN_MS = 150
const SIGNED_OUT = "signed out"
const OPEN = '[role="dialog"], [role="listbox"], [role="menu"], [data-testid="stPopoverBody"]'

const isDrawing = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running"
const isTyping = () => {
  let node = document.activeElement
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
  return node?.matches("input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]") ?? false
}

// When nobody answers, Streamlit's dialog says so in English only: our words take the place of its own, in its own nodes.
const tellLost = (words) => {
  for (const dialog of document.querySelectorAll('[role="dialog"]')) {
    const title = dialog.querySelector("h2"), why = title?.nextElementSibling?.querySelector("*")
    if (title?.textContent !== "Connection error" || !why) continue
    title.firstChild.nodeValue = words.lost
    why.textContent = words.why
  }
}

export default function ({ parentElement, data: told, setTriggerValue }) {
  const data = JSON.parse(new TextDecoder().decode(told))
  const host = parentElement.host ?? parentElement
  const line = parentElement.querySelector("#line")
  const draw = () => { line.className = ""; setTriggerValue("moved", data.moment) }
  parentElement.querySelector("span").textContent = data.words.changed
  const button = parentElement.querySelector("button")
  button.textContent = data.words.refresh
  button.onclick = draw
  line.className = ""

  host.ubStop?.()
  let timer, seen, isStopped = false
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(look, ms) }
  const look = async () => {
    if (document.hidden) return
    const moment = await fetch("pulse", { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : answer.status === 401 ? SIGNED_OUT : null), () => null)
    if (isStopped) return
    if (moment === null) { tellLost(data.words); return later(EVERY_MS) }
    if (moment === SIGNED_OUT) return draw()  // at once, whatever is open: this browser may see nothing any more
    if (moment === data.moment) { line.className = ""; return later(EVERY_MS) }
    if (isDrawing() || seen !== moment) { seen = moment; return later(AGAIN_MS) }  // perhaps our own change, its page on the way
    if (document.querySelector(OPEN)) line.className = "told"
    else if (data.auto && !isTyping()) { seen = null; draw() }
    else line.className = "offered"
    later(EVERY_MS)
  }
  const woken = () => { if (!document.hidden) later(0) }
  const stop = () => { isStopped = true; clearTimeout(timer); document.removeEventListener("visibilitychange", woken) }
  host.ubStop = stop
  document.addEventListener("visibilitychange", woken)
  later(EVERY_MS)
  return stop
}
