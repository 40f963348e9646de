// What was dropped or chosen: files, and those in folders, each with its path.

// Folders can only be asked about while the drop is handled; what is in them comes later.
export function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return inside(entries.filter(Boolean));
}

export const chosen = (list) => inside([...list]);

// Whether what was dropped or chosen is more than the one mail that the box explains.
export function areMany({ files, items }) {
  const isFolder = [...(items ?? [])].some((item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isDirectory);
  return files.length > 1 || isFolder || /\.(?:mbox|mbx|zip)$/i.test(files[0]?.name ?? "");
}

async function* inside(entries) {
  for (const entry of entries) {
    if (entry instanceof File) yield { name: entry.webkitRelativePath || entry.name, file: entry };
    else if (entry.isDirectory) yield* inFolder(entry);
    else {
      const name = entry.fullPath.replace(/^\//, "");
      const file = await new Promise((resolve) => { entry.file(resolve, () => resolve(undefined)); });
      yield { name, file };
    }
  }
}

async function* inFolder(folder) {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise((resolve) => { reader.readEntries(resolve, () => resolve([])); });
    if (!some.length) return;
    yield* inside(some);
  }
}
