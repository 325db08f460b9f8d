// The drawings that stand for a kind where there is no picture, and the small ones of the page.

const BOOK = "M5 4.5A2.5 2.5 0 0 1 7.5 2H19v16H7.5A2.5 2.5 0 0 0 5 20.5zM5 20.5A1.5 1.5 0 0 0 6.5 22H19v-4M9 6.5h6";
const FILM = "M3 5h18v14H3zM7.5 5v14M16.5 5v14M3 9.7h4.5M3 14.3h4.5M16.5 9.7H21M16.5 14.3H21";
const SCREEN = "M3 5h18v12H3zM8 21h8M12 17v4";
const PAD = "M7 8h10a4.5 4.5 0 0 1 4.4 5.4l-.5 2.6a2.3 2.3 0 0 1-4 1.1L15 15H9l-1.9 2.1a2.3 2.3 0 0 1-4-1.1l-.5-2.6A4.5 4.5 0 0 1 7 8zM8 10.5v3M6.5 12h3M16 11h.01M17.5 13h.01";
const BRICK = "M3 10h18v9H3zM5.5 10V7h4v3M14.5 10V7h4v3M3 14.5h18";
const CARD = "M6 3h12a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 18 21H6a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 6 3zM7.5 6h9v7h-9zM7.5 16h9M7.5 18h5";
const DISC = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM12 6a6 6 0 0 1 6 6";
const NOTE = "M9 18V5l10-2v13M9 18a2.7 2.7 0 1 1-5.4 0A2.7 2.7 0 0 1 9 18zM19 16a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0z";
const PERSON = "M12 3.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 21a7.5 7.5 0 0 1 15 0";
const BUBBLE = "M4 4h16v12h-8l-5 4.5V16H4zM8 8.5h8M8 11.5h5";
const DIE = "M12 2.5 20.5 7v10L12 21.5 3.5 17V7zM3.5 7 12 11.5 20.5 7M12 11.5v10M12 7h.01M7.5 13.5h.01M16.5 13.5h.01";
const FIGURE = "M12 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM7 11h10l1.5 6h-3L15 21.5H9L8.5 17h-3z";
const STICKER = "M4 3.5h16v11l-6 6H4zM14 20.5v-6h6M8 8h8M8 11.5h5";
const TAG = "M3.5 3.5h8l9 9-8 8-9-9zM8 8h.01";
const HOUSE = "M4 21V9l8-5.5L20 9v12zM9.5 21v-6h5v6";
const PICTURE = "M3 4.5h18v15H3zM3 16l5-5 4.5 4.5 3-3L21 17M15.5 9h.01";
const BOXES = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z";

const BY_KIND = {
  BUILDING_SET: BRICK, PART: BRICK, MINIFIG: FIGURE, INSTRUCTION: BOOK, BOOK, COMIC_SERIES: BUBBLE, COMIC_ISSUE: BUBBLE,
  CHARACTER: PERSON, PERSON, ORGANIZATION: HOUSE, ANIME: SCREEN, MANGA: BUBBLE, CHAPTER: BOOK, MOVIE: FILM, SERIES: SCREEN,
  SEASON: SCREEN, EPISODE: SCREEN, COLLECTION: BOXES, FRANCHISE: BOXES, VIDEO_GAME: PAD, CONSOLE: PAD, BOARD_GAME: DIE,
  COLLECTIBLE: FIGURE, STICKER_ALBUM: STICKER, TRADING_CARD: CARD, CARD_SET: CARD, ALBUM: DISC, RELEASE: DISC,
  ARTIST: PERSON, TRACK: NOTE, LABEL: HOUSE, PRODUCT: TAG, OFFER: TAG, ACHIEVEMENT: BOXES, IMAGE: PICTURE, VIDEO: FILM,
};

const BY_DOMAIN = {
  "construction-toys": BRICK, books: BOOK, comics: BUBBLE, "anime-manga": SCREEN, media: FILM, videogames: PAD,
  boardgames: DIE, collectibles: FIGURE, "sticker-albums": STICKER, tcg: CARD, music: DISC, ecommerce: TAG,
};

/** What stands for a kind. */
export function glyphOf(kind) {
  return BY_KIND[kind] ?? BOXES;
}

/** What stands for a domain. */
export function glyphOfDomain(domain) {
  return BY_DOMAIN[domain] ?? BOXES;
}

/** The small drawings of the page. */
export const SIGNS = {
  check: "M4.5 12.5l5 5 10-11",
  none: "M6 12h12",
  cross: "M6 6l12 12M18 6L6 18",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  old: "M4 5v5h5M4.5 10A8 8 0 1 1 4 13.5M12 8v4.5l3 1.5",
  key: "M14.5 3.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM10.3 13.7 3.5 20.5M6.5 17.5l2.5 2.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
  star: "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6-5.3-3-5.3 3 1.1-6L3.4 9.8l6-.8z",
  out: "M14 4h6v6M20 4 11 13M18 13.5V20H4V6h6.5",
};
