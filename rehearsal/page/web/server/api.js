// Requests to the rehearsal; what goes wrong is said aloud, in the page's language.

import { notice } from "../panels/notices.js";
import { knows, t } from "../words.js";

export class Refused extends Error {}

async function request(path, options) {
  let answer;
  try {
    answer = await fetch(`/rehearsal/${path}`, options);
  } catch {
    throw new Refused(t("error.unreachable"));
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  const { code, message } = body.error ?? { message: answer.statusText };
  const key = `error.${code}`;
  throw new Refused(t(knows(key) ? key : "error.other", { message }));
}

export const get = (path) => request(path, { headers: { Accept: "application/json" } });

/** Does something; null when it was refused, which has then been said. */
export async function post(path, body = {}) {
  try {
    const headers = { "Content-Type": "application/json" };
    return await request(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    notice(error.message, "error");
    return null;
  }
}
