/**
 * What an instance of the local cloud really is: a process tree of this machine that runs user data, its files, and an agent that runs
 * scripts beside them. All of it ends with the program that started it, however that ends.
 */
package dev.resilient.process;
