/** The translation of scripts to Flink SQL. What is not known to be equal is noted or left out. */
package dev.outflow.asa.translation;
