// What the script says, in the page's language. Sentences about mistakes come from the service.
const WORDS = {
  en: {
    problem: "There is a problem",
    error: "Error:",
    sending: "Sending your comment …",
    unreachable:
      "Your reply was not sent: the site cannot be reached just now. Your text is kept here; try again in a moment.",
    cancel: "Cancel reply",
    to: (name) => `Leave a Reply to ${name}`,
  },
  fr: {
    problem: "Il y a un problème",
    error: "Erreur :",
    sending: "Envoi de votre commentaire …",
    unreachable:
      "Votre réponse n’a pas été envoyée : le site est injoignable pour le moment. Votre texte reste ici ; réessayez dans un instant.",
    cancel: "Annuler la réponse",
    to: (name) => `Répondre à ${name}`,
  },
};

const language = document.querySelector("form[data-reply]")?.closest("[lang]").lang ?? "en";

export const words = WORDS[language.slice(0, 2)] ?? WORDS.en;
