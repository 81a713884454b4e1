export { PanelSkeleton as default } from '@/components/ui/page-skeleton';
