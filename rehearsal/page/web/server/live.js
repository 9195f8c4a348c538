// The stream of changes; it comes back by itself, and then everything is read anew.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** Calls onChange for each event, onOpen after every (re)connection, onLost when the line breaks. */
export function listen({ onOpen, onChange, onLost }) {
  let wait = FIRST_WAIT_MS;
  const connect = () => {
    const stream = new EventSource("/rehearsal/events");
    stream.onopen = () => {
      wait = FIRST_WAIT_MS;
      onOpen();
    };
    stream.onmessage = (event) => onChange(JSON.parse(event.data));
    // The browser's own retrying stops at some errors; ours does not.
    stream.onerror = () => {
      stream.close();
      onLost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  connect();
}
