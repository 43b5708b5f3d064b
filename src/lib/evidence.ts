/** How well a behaviour is known; the support table shows it. */
export type Evidence = 'recorded' | 'documented' | 'reported' | 'assumed';
