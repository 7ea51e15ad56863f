// The pages as files, made in the reader's own browser: so the pictures are set in the reader's own fonts.
const drawings = [...document.querySelectorAll(".sheet svg")];
const says = document.querySelector("[role=status]");
const LONGEST_SIDE = 16000, MOST_PIXELS = 100e6;

function nameOf(number, kind) {
  const page = drawings.length > 1 ? `-${number + 1}` : "";
  return `${document.body.dataset.name}${page}.${kind}`;
}

function writeSvg(drawing) {
  const copy = drawing.cloneNode(true), { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml;charset=utf-8" });
}

async function paintPng(drawing) {
  const { width, height } = drawing.viewBox.baseVal;
  const address = URL.createObjectURL(writeSvg(drawing));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const most = Math.min(1, LONGEST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
    for (let scale = most; scale > most / 5; scale /= 2) { // some phones refuse large canvases
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
      if (picture) return picture;
    }
    throw new Error("no canvas");
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function savePages(kind, numbers) {
  says.textContent = "";
  try {
    for (const number of numbers) {
      const content = kind === "png" ? await paintPng(drawings[number]) : writeSvg(drawings[number]);
      save(content, nameOf(number, kind));
      await new Promise((done) => setTimeout(done, 250)); // browsers drop downloads that come all at once
    }
  } catch {
    says.textContent = document.body.dataset.failed;
  }
}

document.addEventListener("click", (event) => {
  const { kind, page } = event.target.closest("button")?.dataset ?? {};
  if (kind === "print") window.print();
  else if (kind) savePages(kind, page ? [Number(page)] : drawings.keys());
});
