/** How many are kept, and how soon the next is made after one was taken, ms. */
const most = 4;
const interval = 10;

/**
 * Keeps some of what is slow to make, made while nothing else goes on. The first is made when it is asked for: a server
 * that never needs a second one makes none.
 */
export function createSpares<T>(make: () => T): () => T {
  const spares: T[] = [];
  let isComing = false;
  const fill = () => {
    isComing = false;
    spares.push(make());
    later();
  };
  const later = () => {
    if (isComing || spares.length >= most) return;
    isComing = true;
    setTimeout(fill, interval).unref();
  };
  return () => {
    const taken = spares.pop() ?? make();
    later();
    return taken;
  };
}
