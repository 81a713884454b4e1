/** The field's words that a newcomer meets, each in two or three sentences: what it is, and what it means for them. */
export const TERMS = {
  vip: {
    word: 'Virtual IP (VIP)',
    text: 'The one address clients use. Exactly one node answers to it at a time, its holder; when the holder leaves or fails, another takes the address over and clients notice nothing.',
  },
  drain: {
    word: 'Drain',
    text: 'A node that drains gets no new connections and finishes those it has. Once they have ended, or the time for it is over, it leaves without anyone being cut off.',
  },
  fence: {
    word: 'Fence',
    text: 'Proof that a lost VM or host can no longer act. Only with it is its work started elsewhere: two copies that both believe to be the one would harm data and clients.',
  },
  spare: {
    word: 'Spare',
    text: 'A VM that is kept ready outside the active set. It serves nobody, but steps in within seconds when a node is lost or the cluster grows.',
  },
  pairing: {
    word: 'Pairing',
    text: 'Which new node takes over from which old one. The planner proposes it; a pairing of your own decides whose work, and whose data, goes where.',
  },
  spread: {
    word: 'Spread',
    text: 'How far apart nodes are kept: on different hosts, at different sites, or anywhere. What is apart does not fail together.',
  },
  generation: {
    word: 'Generation',
    text: 'Counts the accepted changes of requirements. A plan that was made for an older generation is refused, so nobody applies what they saw before somebody else’s change.',
  },
  maintenance: {
    word: 'Maintenance',
    text: 'A host in maintenance is emptied: its VMs are replaced on other hosts by failover, and nothing new is placed on it until maintenance ends.',
  },
} as const;

export type TermName = keyof typeof TERMS;
