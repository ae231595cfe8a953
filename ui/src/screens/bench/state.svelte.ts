// One need on the bench: the need, its hits, what moved, and how complete it is.
import type {
  Completeness,
  Match,
  MatchAnswer,
  MatchRequest,
  MatchTarget,
  Moves,
  NeedView,
  Weighing,
} from '../../api/bindings';
import { call, mutate } from '../../api/call';
import { Asking } from '../../lib/asking.svelte';
import { isOwn, work } from '../../work.svelte';

/** Hits wanted in each list. */
const LIMIT = 50;
/** How long a slider has to rest before the match is asked for again. */
const REST = 120;

export class Bench {
  need = new Asking<NeedView>();
  match = new Asking<MatchAnswer>();
  moves = new Asking<Moves>();
  completeness = new Asking<Completeness>();
  /** Answers belong to this target; the one before may still be shown. */
  answered = $state<MatchTarget>('solutions');
  /** An answer is on its way. */
  pending = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked for last, but for the weights. */
  #about = '';
  #turn = 0;

  readonly ref: string;
  constructor(ref: string) {
    this.ref = ref;
  }

  get weighing(): Weighing {
    return work.weighing(this.ref, this.need.answer?.weighing);
  }

  hit(ref: string): Match | undefined {
    const answer = this.match.answer;
    return answer && [...answer.hits, ...answer.near].find((one) => one.ref === ref);
  }

  async read(): Promise<void> {
    await this.need.ask(() => call('get_need', { ref: this.ref }));
    work.weighed(this.ref);
  }

  request(target: MatchTarget): MatchRequest | undefined {
    const need = this.need.answer?.form;
    if (!need) return undefined;
    const { preset, weights } = this.weighing;
    return { need, target, limit: LIMIT, preset, weights, assume: [] };
  }

  /** Asks for the match: at once, or, where only weights change, when they have come to rest. */
  ask(target: MatchTarget): void {
    clearTimeout(this.#timer);
    const request = this.request(target);
    if (!request) return;
    const about = JSON.stringify([request.need, target]);
    this.pending = true;
    const turn = ++this.#turn;
    this.#timer = setTimeout(() => void this.#ask(request, turn), about === this.#about ? REST : 0);
    this.#about = about;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(request: MatchRequest, turn: number): Promise<void> {
    await this.match.ask(() => call('match_need', request));
    if (turn !== this.#turn) return;
    this.answered = request.target;
    this.pending = false;
    await Promise.all([
      this.completeness.ask(() => call('get_completeness', request)),
      isOwn(this.ref) ? this.#askMoves(request) : undefined,
    ]);
  }

  async #askMoves(request: MatchRequest): Promise<void> {
    await this.moves.ask(() => call('list_moves', { ref: this.ref, request }));
    // What was never looked at is looked at now; from then on the user says when.
    if (this.moves.answer?.since === '' && !this.moves.error) await this.mark(request);
  }

  /** Keeps the ranks as they are now. */
  async mark(request: MatchRequest): Promise<boolean> {
    const done = await mutate('mark_looked_at', { ref: this.ref, request }).then(
      () => true,
      () => false,
    );
    return done;
  }

  async markSeen(target: MatchTarget): Promise<boolean> {
    const request = this.request(target);
    if (!request || !(await this.mark(request))) return false;
    await this.moves.ask(() => call('list_moves', { ref: this.ref, request }));
    return true;
  }
}
