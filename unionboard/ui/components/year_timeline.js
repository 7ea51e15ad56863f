// The plan as rows below their months. Texts come from users: textContent only. Folds, focus and the scroll place live here:
// no rerun for them, and none of them is lost by one. Parts: shapes, rows, head, tip.
const charts = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".timeline")
  let chart = charts.get(root)
  if (!chart) {
    chart = mount(root, parentElement.querySelector(".tip"))
    charts.set(root, chart)
  }
  chart.open = id => setTriggerValue("opened", id)
  chart.ask = groups => setTriggerValue("unfolded", groups)
  const fresh = unpack(root, data)
  if (fresh) receive(chart, fresh)
  return () => chart.stop()
}

function make(tag, className, text) {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (text) node.textContent = text
  return node
}

function mount(root, tip) {
  const chart = { root, tip, data: null, folds: {}, at: null, groups: new Map(), rows: new Map() }
  chart.scroll = make("div", "scroll")
  chart.head = make("div", "head")
  chart.body = make("div", "body")
  chart.ground = make("div", "ground")
  chart.list = make("div", "groups")
  chart.now = make("div", "now")
  chart.hint = make("p", "unseen")
  chart.hint.id = "hint"
  chart.body.append(chart.ground, chart.list, chart.now)
  chart.scroll.append(chart.head, chart.body)
  root.replaceChildren(chart.scroll, chart.hint)
  chart.list.onclick = event => clicked(chart, event.target.closest("button"))
  chart.list.onkeydown = event => key(chart, event)
  chart.list.addEventListener("focusin", event => settle(chart, event.target.closest("button")))
  watchTip(chart)
  const fit = () => fitHeight(chart)
  chart.scroll.onscroll = () => { hideTip(chart); clearTimeout(chart.saving); chart.saving = setTimeout(() => save(chart), 200) }
  window.addEventListener("resize", fit)
  const watch = new ResizeObserver(() => { fit(); measure(chart) })
  watch.observe(root)
  watch.observe(document.body)
  const soon = [100, 400, 1200].map(wait => setTimeout(fit, wait)) // the page around takes its size in steps
  chart.stop = () => {
    window.removeEventListener("resize", fit)
    watch.disconnect()
    chart.returning?.disconnect()
    soon.forEach(clearTimeout)
    clearTimeout(chart.saving)
    hideTip(chart)
  }
  return chart
}

function receive(chart, data) {
  const first = !chart.data
  chart.data = data
  const kept = first ? restore(data.plan) : null
  if (kept) chart.folds = kept.folds ?? {}
  const place = first ? kept?.top ?? 0 : chart.place ?? chart.scroll.scrollTop
  chart.hint.textContent = data.words.hint
  drawHead(chart)
  drawGroups(chart)
  measure(chart)
  fitHeight(chart)
  chart.scroll.scrollTop = place
  chart.place = askRows(chart) ? place : undefined // until the rows are there that lie above it
}

// The rows of a group that was folded are not here: they come with the next run, those of all that are unfolded now.
function askRows(chart) {
  const open = chart.data.groups.filter(group => isOpen(chart, group))
  if (open.every(group => group.r)) return false
  chart.ask(open.map(group => group.k))
  return true
}

// The rows reach down to the window's foot; fewer rows take less.
function fitHeight(chart) {
  const section = chart.root.getRootNode().host?.closest("section")
  const top = chart.root.getBoundingClientRect().top + (section?.scrollTop ?? 0)
  chart.scroll.style.maxHeight = `${Math.max(320, Math.floor(window.innerHeight - top - 20))}px`
  chart.root.style.setProperty("--head", `${chart.head.offsetHeight}px`)
}

// --- folds and the place, kept for this tab ------------------------------------------------------------------------------------

const keyOf = plan => `unionboard.timeline.${plan}`

function restore(plan) {
  try { return JSON.parse(sessionStorage.getItem(keyOf(plan)) ?? "null") } catch { return null }
}

function save(chart) {
  try {
    sessionStorage.setItem(keyOf(chart.data.plan), JSON.stringify({ folds: chart.folds, top: Math.round(chart.scroll.scrollTop) }))
  } catch { /* a browser that keeps nothing still folds */ }
}

const isOpen = (chart, group) => chart.folds[group.k] ?? !chart.data.folded

function fold(chart, keys, open) {
  for (const one of keys) chart.folds[one] = open
  drawGroups(chart)
  measure(chart)
  askRows(chart)
  save(chart)
}

// --- clicks and keys -----------------------------------------------------------------------------------------------------------

function clicked(chart, button) {
  if (!button) return
  hideTip(chart)
  if (button.dataset.group !== undefined) return fold(chart, [button.dataset.group], button.getAttribute("aria-expanded") !== "true")
  const id = Number(button.dataset.id)
  if (!id) return
  chart.open(id)
  comeBack(chart, button)
}

// When the drawer that a row opens is closed again, the focus goes back to the row. An edit draws the drawer anew: it is gone for a moment,
// and on a busy machine for longer, so one that comes back within ten seconds is still the same.
function comeBack(chart, button) {
  chart.returning?.disconnect()
  let seen = false, closing = 0, ending = 0
  const watch = new MutationObserver(() => {
    const open = Boolean(document.querySelector('[role="dialog"]'))
    seen ||= open
    if (open) {
      clearTimeout(closing)
      clearTimeout(ending)
      closing = 0
    }
    if (!seen || open || closing) return
    closing = setTimeout(() => {
      ending = setTimeout(() => watch.disconnect(), 10_000)
      const lost = !document.activeElement || document.activeElement === document.body
      if (lost) findRow(chart, button.dataset.id)?.focus({ preventScroll: true })
    }, 300)
  })
  chart.returning = watch
  watch.observe(document.body, { childList: true, subtree: true })
}

const findRow = (chart, id) => chart.list.querySelector(`button[data-id="${id}"]`)
const buttons = chart => [...chart.list.querySelectorAll("button")]

// One stop for the tab key in the whole list: the row last used.
function settle(chart, button) {
  if (!button || button.tabIndex === 0) return
  chart.list.querySelectorAll('button[tabindex="0"]').forEach(other => { other.tabIndex = -1 })
  button.tabIndex = 0
}

function key(chart, event) {
  const button = event.target.closest("button")
  if (!button || event.ctrlKey || event.metaKey || event.altKey) return
  const all = buttons(chart), at = all.indexOf(button)
  const group = button.dataset.group, open = button.getAttribute("aria-expanded") === "true"
  const to = {
    ArrowDown: () => all[at + 1],
    ArrowUp: () => all[at - 1],
    Home: () => all[0],
    End: () => all.at(-1),
    ArrowRight: () => group === undefined ? null : open ? all[at + 1] : fold(chart, [group], true),
    ArrowLeft: () => group === undefined ? button.closest(".group").querySelector("button") : open ? fold(chart, [group], false) : null,
    Escape: () => hideTip(chart),
  }[event.key]
  if (!to) return
  if (event.key !== "Escape") event.preventDefault()
  to()?.focus()
}
