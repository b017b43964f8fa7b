/** The columns of inputs: their types, from samples, declarations and the use in queries. */
package dev.outflow.asa.column;
