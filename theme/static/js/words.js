// What the script says, in the page's language. Sentences about mistakes come from the service.
const WORDS = {
  en: {
    problem: "There is a problem",
    error: "Error:",
    sending: "Sending your comment …",
    cancel: "Cancel reply",
    to: (name) => `Leave a Reply to ${name}`,
  },
  fr: {
    problem: "Il y a un problème",
    error: "Erreur :",
    sending: "Envoi de votre commentaire …",
    cancel: "Annuler la réponse",
    to: (name) => `Répondre à ${name}`,
  },
};

const form = document.querySelector("form[data-reply]");
const language = form?.closest("[lang]").lang ?? "en";

export const words = { ...(WORDS[language.slice(0, 2)] ?? WORDS.en), unreachable: form?.dataset.unreachable };
