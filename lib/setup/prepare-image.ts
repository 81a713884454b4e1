// Builds or finds the guest image and its golden snapshot. Prints progress, one JSON object `{message, fraction}` a line.
import { systemClock } from '@/lib/clock';
import { createInstallation } from '@/lib/orchestrator/installation';
import { headroomHome } from './home.mjs';

const { hypervisor } = createInstallation({ home: headroomHome(), env: process.env, clock: systemClock });
try {
  await hypervisor.ensureImage({ packages: [] }, (message, fraction) => {
    process.stdout.write(`${JSON.stringify({ message, fraction })}\n`);
  });
} finally {
  await hypervisor.stop();
}
