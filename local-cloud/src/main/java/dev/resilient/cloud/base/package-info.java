/** What every service of the cloud stands on: its account, its pace, its ids. */
package dev.resilient.cloud.base;
