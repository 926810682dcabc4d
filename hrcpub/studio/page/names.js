// Names of things that the server knows by a word.

import { say } from "./words.js";

const EDITIONS = () => ({ screen: say("Screen"), office: say("Office sheet"), press: say("Press"), "large-print": say("Large print"), phone: say("Phone"), specimen: say("Specimen") });
export const editionName = (name) => EDITIONS()[name] || name;
