/** What happens in the cloud, as one stream of immutable records. */
package dev.resilient.cloud.event;
