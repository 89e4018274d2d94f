/* Paper is light: the style sheet needs to know of a page that is dark; Streamlit does not say. */

export function markDarkPaper() {
  const app = document.querySelector(".stApp");
  const dark = app !== null && getComputedStyle(app).colorScheme === "dark";
  document.documentElement.toggleAttribute("data-dark", dark);
}
