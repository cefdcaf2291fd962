/** Where the resources of the cloud are kept. */
package dev.resilient.cloud.store;
