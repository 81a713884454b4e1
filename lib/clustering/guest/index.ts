export { createGuestClustering } from './guest-clustering';
