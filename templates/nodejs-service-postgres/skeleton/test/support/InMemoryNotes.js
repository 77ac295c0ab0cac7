/** Notes that are kept nowhere, with the methods of those in the database. */
export class InMemoryNotes {
  #notes = [];
  #lastId = 0;

  async list() {
    return [...this.#notes].reverse().slice(0, 100);
  }

  async add(text) {
    this.#lastId += 1;
    const note = { id: String(this.#lastId), text, createdAt: new Date() };
    this.#notes.push(note);
    return note;
  }

  async remove(id) {
    const count = this.#notes.length;
    this.#notes = this.#notes.filter(note => note.id !== id);
    return this.#notes.length < count;
  }
}
