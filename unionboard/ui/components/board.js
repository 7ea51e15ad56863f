// The board drawn anew from its facts; which lists are unfolded and where the focus stood are kept here, so that a run loses neither.
export default function ({ parentElement, data: facts, setTriggerValue }) {
  const data = JSON.parse(new TextDecoder().decode(facts))
  const root = parentElement.querySelector(".sheet")
  const focus = root.getRootNode().activeElement?.dataset?.focus
  const unfolded = (root.ubUnfolded ??= new Set())
  const blocks = [...data.columns.flat(), ...(data.hidden ?? [])]
  const overlay = () => root.querySelector("dialog")
  const act = {
    isBig: data.big,
    words: data.words,
    open: (id) => { overlay()?.close(); setTriggerValue("opened", id) },
    go: (name) => { overlay()?.close(); setTriggerValue("gone", name) },
    show: (name, folds) => {
      if (data.big) return showOver(blocks.find((block) => block.name === name))
      if (folds) unfolded.delete(name)
      else unfolded.add(name)
      draw(name)
      root.querySelector(`[data-focus="${name}_0"]`)?.focus()
    },
  }

  const showOver = (block) => {
    const over = overlay()
    over.replaceChildren()
    over.setAttribute("aria-label", block.title)
    button(over, "close", data.words.close, () => over.close())
    drawBlock(over, block, act, { isFirst: true, isWhole: true })
    over.showModal()
  }

  const draw = () => {
    root.replaceChildren()
    root.className = data.big ? "sheet big" : "sheet"
    if (data.head) drawHead(root, data.head, act)
    const figures = add(root, "div", "figures")
    data.figures.forEach((figure) => drawFigure(figures, figure, act))
    const columns = add(root, "div", "columns")
    data.columns.forEach((column, at) => {
      const card = add(columns, "section", `card column at${at}`)
      column.forEach((block, place) => drawBlock(card, block, act, { isFirst: place === 0, isWhole: !data.big && unfolded.has(block.name) }))
    })
    if (data.months) drawMonths(columns, data.months, act)
    if (data.areas) {
      const charts = add(root, "div", "charts")
      drawAreas(charts, data.areas, act)
      drawFund(charts, data.fund, act)
    }
    add(root, "dialog").onclick = (event) => { if (event.target === event.currentTarget) event.currentTarget.close() }
  }

  const shown = overlay()?.open ? overlay().getAttribute("aria-label") : null
  draw()
  if (shown) showOver(blocks.find((block) => block.title === shown) ?? blocks[0])
  if (focus) root.querySelector(`[data-focus="${focus}"]`)?.focus({ preventScroll: true })
}

const LONG_NAME = 20 // characters; longer ones stand in two lines

const drawHead = (root, head, act) => {
  const line = add(root, "header", "head")
  const name = add(line, "p", head.union.length > LONG_NAME ? "union long" : "union", head.union)
  add(name, "span", "year", head.year)
  add(line, "span", "day", head.day)
  if (head.phone) button(line, "way", head.phone, () => act.go("phone"))
  for (const link of head.links) anchor(line, "way", link.label, link, act)
}
