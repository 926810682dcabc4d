// Light or dark, before anything is painted: as it was chosen here, else as the system is.

document.documentElement.dataset.theme = localStorage.getItem("theme") || "";
