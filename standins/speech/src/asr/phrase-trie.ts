/** A phrase and how much more probable it is than the model believes, in nats (natural logarithm). */
export interface WordBoost {
  readonly phrases: readonly string[]
  readonly nats: number
}

/** How far a hypothesis is inside boosted phrases. */
export interface PhrasePosition {
  readonly node: PhraseNode
  /** Given for a phrase that is not complete yet: taken back when it is not said to its end. */
  readonly pending: number
}

interface PhraseNode {
  readonly next: Map<number, PhraseNode>
  /** For coming here from the node before. */
  nats: number
  isEnd: boolean
}

/** Boosted phrases by the tokens they are made of. */
export class PhraseTrie {
  readonly #root: PhraseNode = createNode()

  /** Each phrase may give `nats` per word, spread over the word's tokens. */
  add(words: readonly (readonly number[])[], nats: number): void {
    let node = this.#root
    for (const tokens of words) {
      for (const token of tokens) {
        let next = node.next.get(token)
        if (!next) {
          next = createNode()
          node.next.set(token, next)
        }
        next.nats = Math.max(next.nats, nats / tokens.length)
        node = next
      }
    }
    if (node !== this.#root) node.isEnd = true
  }

  get start(): PhrasePosition {
    return { node: this.#root, pending: 0 }
  }

  /** Tokens that a boost is given for here, beside those that begin a phrase. */
  *candidates({ node }: PhrasePosition): Generator<number> {
    yield* this.#root.next.keys()
    if (node !== this.#root) yield* node.next.keys()
  }

  /** What `token` adds to the score, refunds included, and where it leads. */
  follow({ node, pending }: PhrasePosition, token: number): Followed {
    const inside = node.next.get(token)
    if (inside) return arrive(inside, inside.nats, pending + inside.nats)
    const anew = this.#root.next.get(token)
    if (anew) return arrive(anew, anew.nats - pending, anew.nats)
    return { nats: -pending, position: this.start }
  }
}

export interface Followed {
  readonly nats: number
  readonly position: PhrasePosition
}

function arrive(node: PhraseNode, nats: number, pending: number): Followed {
  return { nats, position: { node, pending: node.isEnd ? 0 : pending } }
}

function createNode(): PhraseNode {
  return { next: new Map(), nats: 0, isEnd: false }
}
