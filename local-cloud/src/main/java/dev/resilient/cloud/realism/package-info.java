/** AWS's bad days: what the realism switch makes of calls, of what readers see, and of how long things take. */
package dev.resilient.cloud.realism;
