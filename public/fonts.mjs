// Brings in the typefaces of style/fonts.css all at once, when nothing waits for the network any more.
// As a plain sheet each of them, and the sheet itself, would have every line laid out anew.
export default async function bringFonts() {
  const { sheet } = document.querySelector('link[media="(scripting: none)"]') ?? {};
  const faces = [...(sheet?.cssRules ?? [])].map(({ style }) => {
    const read = (name) => style.getPropertyValue(name);
    const family = read("font-family").replaceAll('"', "");
    return new FontFace(family, read("src"), { weight: read("font-weight") });
  });
  // One that cannot be had leaves its fallback.
  await Promise.allSettled(faces.map((face) => face.load()));
  for (const face of faces) if (face.status === "loaded") document.fonts.add(face);
}
