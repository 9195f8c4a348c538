// The rehearsal's time, carried on between two words from the server.

export class RehearsalClock {
  constructor(told) {
    this.hear(told);
  }

  /** `told`: {now, speed, next, busy, line_cut} as the server gives it. */
  hear({ now, speed, next, busy, line_cut }) {
    this.told = Date.parse(now);
    this.heardAt = performance.now();
    this.speed = speed;
    this.next = next ? new Date(next) : null;
    this.busy = busy;
    this.lineCut = line_cut;
  }

  /** Whether that word is of another rehearsal: this one's clock only turns forward. */
  isOfAnother({ now }) {
    return Date.parse(now) < this.told;
  }

  now() {
    return new Date(this.told + (performance.now() - this.heardAt) * this.speed);
  }
}
