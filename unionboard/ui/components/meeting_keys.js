const ANSWER_MS = 15000, DRAWN_MS = 2000, HEARD_MS = 400, FOCUS_MS = 15000, MARKED_MS = 1500
// Keyboard and clicker press the page's own buttons. Nothing but Esc and Enter is taken while somebody types.
const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true], [role=spinbutton]"
const PRESSED_BY_ITSELF = "button, a[href], summary, [role=button], input, [role=option]" // Space and Enter are theirs
const MOVED_BY_ARROWS = "[role=radiogroup], [role=listbox], [role=grid], [role=tablist], [role=menu], input[type=radio]"
const OPEN = "[role=listbox], [role=dialog], [role=menu]" // a list, a calendar or a drawer: keys are its own until it is closed

export default function ({ data: { json }, parentElement }) {
  const data = JSON.parse(json)
  const host = parentElement.host ?? parentElement
  host.ubKeys = data
  if (!host.ubListen) {
    host.ubListen = event => hear(host, event)
    document.addEventListener("keydown", host.ubListen, true)
    const listed = new MutationObserver(() => sayNew(host.ubKeys.added))
    listed.observe(document.body, { childList: true, subtree: true, characterData: true })
    host.ubStop = () => { listed.disconnect(); document.removeEventListener("keydown", host.ubListen, true); brighten(); host.ubListen = null }
  }
  const marks = [200, 800, 2000].map(wait => setTimeout(() => mark(data.keys), wait)) // the buttons are drawn after the keys are known
  if (data.focus !== host.ubFocus) {
    host.ubFocus = data.focus
    focus(host)
  }
  return () => { marks.forEach(clearTimeout); clearTimeout(host.ubWait); host.ubStop?.() }
}

function hear(host, event) {
  if (darkness) { event.preventDefault(); event.stopPropagation(); return brighten() }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229 || event.repeat) return
  const { keys, typed } = host.ubKeys
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const target = event.composedPath()[0]
  const within = selector => target instanceof Element && target.closest(selector)
  if (within(FIELDS)) {
    const isOpen = target.getAttribute("aria-expanded") === "true"
    if (isOpen || (key === "Enter" && within("textarea"))) return
    if (!typed[key] || !find(typed[key])) return key === "Escape" ? target.blur() : undefined // afterwards the keys count again
    event.preventDefault()
    event.stopPropagation()
    target.blur() // what was typed is told to the page before the button is pressed
    setTimeout(() => find(typed[key])?.click(), 40)
    return
  }
  if (document.querySelector(OPEN)) return
  if ((key === " " || key === "Enter") && within(PRESSED_BY_ITSELF)) return
  if (key.startsWith("Arrow") && within(MOVED_BY_ARROWS)) return
  if (key === host.ubKeys.dark || key === ".") { event.preventDefault(); return darken() }
  if (!keys[key]) return
  event.preventDefault()
  event.stopPropagation()
  host.ubPressed = press(keys[key], host.ubPressed)
}

// One key after the other: each waits until the page has answered the last one, and until its own button is drawn. None is lost.
async function press(name, before) {
  await before
  await until(() => !isDrawing(), ANSWER_MS)
  await until(() => find(name), DRAWN_MS)
  find(name)?.click()
  await until(isDrawing, HEARD_MS)
}

async function until(is, patience) {
  const end = Date.now() + patience
  while (!is() && Date.now() < end) await new Promise(go => setTimeout(go, 20))
}

const isDrawing = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running"

function find(name) {
  return [...document.querySelectorAll(`.st-key-${name} button`)].find(button => !button.disabled && button.offsetParent)
}

// A name that is not on the list is offered by Streamlit as "Add: …", in English only.
function sayNew(word) {
  const said = document.querySelector('[role=option][data-key="__creatable__"] [data-item-hl]')?.firstChild
  if (said?.nodeValue?.startsWith("Add: ")) said.nodeValue = word + said.nodeValue.slice(5)
}

function mark(keys) {
  const spoken = {}
  Object.entries(keys).forEach(([key, name]) => (spoken[name] ??= []).push(key === " " ? "Space" : key.toUpperCase().length === 1 ? key.toUpperCase() : key))
  Object.entries(spoken).forEach(([name, all]) => find(name)?.setAttribute("aria-keyshortcuts", all.join(" ")))
}

// The widget is drawn a while after the page was told to; whoever is typing by then is left alone.
function focus(host, until = Date.now() + FOCUS_MS) {
  clearTimeout(host.ubWait)
  const typing = document.activeElement?.closest(FIELDS)
  if (!host.ubFocus || typing || Date.now() > until) return
  const widget = document.querySelector(`.st-key-${host.ubFocus}`)
  const field = [...(widget?.querySelectorAll(`${FIELDS}, button`) ?? [])].find(one => !one.disabled && one.offsetParent)
  if (!field) return void (host.ubWait = setTimeout(() => focus(host, until), 60))
  field.focus()
  field.select?.()
  keepMarked(host, field, until)
}

// A slow page draws the field once more after it has the focus, and unmarks what stands in it or puts another in its place.
function keepMarked(host, field, until) {
  const end = Date.now() + MARKED_MS
  let isTouched = false
  for (const deed of ["keydown", "beforeinput", "pointerdown"]) field.addEventListener(deed, () => (isTouched = true), { once: true })
  const look = () => {
    if (isTouched || Date.now() > end) return
    if (!field.isConnected) return focus(host, until)
    if (document.activeElement !== field) return
    if (field.value && field.selectionEnd - field.selectionStart !== field.value.length) field.select?.()
    host.ubWait = setTimeout(look, 60)
  }
  look()
}

// The clicker's third key: the screen goes dark while people talk; any key brings it back.
let darkness = null
function darken() {
  darkness = document.createElement("div")
  darkness.style.cssText = "position:fixed;inset:0;background:#000;z-index:2147483647"
  darkness.addEventListener("click", brighten)
  document.body.append(darkness)
}
function brighten() {
  darkness?.remove()
  darkness = null
}
