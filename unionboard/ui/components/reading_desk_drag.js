// --- moving rows to another month or section by the mouse ------------------------------------------------------------------
// Only where rows stand in groups; the fields of a row and of a selection do the same by keyboard and touch.

function letDrag(desk, node, row) {
  node.draggable = desk.order !== "text" && desk.edited !== row.id
  node.ondragstart = event => {
    desk.dragged = desk.selected.has(row.id) ? [...desk.selected] : [row.id]
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", row.title)
  }
  node.ondragend = () => { desk.dragged = null; markGroup(desk, null) }
}

function letDrop(desk) {
  const { list } = desk.rows
  list.ondragover = event => {
    const goal = goalUnder(desk, event)
    markGroup(desk, goal)
    if (goal) event.preventDefault()
  }
  list.ondrop = event => {
    const goal = goalUnder(desk, event)
    if (!goal) return
    event.preventDefault()
    const values = desk.order === "section" ? { section: goal.section } : { when: goal.months }
    step(desk, { do: "edit", ids: desk.dragged, values })
    desk.dragged = null
    markGroup(desk, null)
  }
}

// The row whose group is meant; none among the duties, which belong to no month.
function goalUnder(desk, event) {
  let node = desk.dragged && event.target.closest?.(".row[data-id], .group")
  if (node?.classList.contains("group")) node = node.nextElementSibling
  const goal = node && desk.data.rows.find(row => row.id === node.dataset.id)
  return goal && (desk.order === "section" || goal.duty === "one_off") ? goal : null
}

function markGroup(desk, goal) {
  const name = goal && groupOf(desk, goal)
  desk.rows.list.querySelectorAll(".group").forEach(group => group.classList.toggle("goal", group.textContent === name))
}
