/** What the pages for a browser share: the chart library, the colours, and how files of the program's jars are read. */
package dev.resilient.cli.page;
