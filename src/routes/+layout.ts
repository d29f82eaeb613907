// Every screen reads this phone's own store, so nothing is rendered on the server.
export const ssr = false;
