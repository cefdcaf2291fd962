/** What callers ask of Elastic Load Balancing. */
package dev.resilient.cloud.elb.operation;
