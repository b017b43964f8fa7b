package dev.outflow.asa.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Parses the body of MATCH_RECOGNIZE, whose clauses can be in any order. */
final class PatternParser {
  private static final String CLAUSES =
      "PARTITION BY, LIMIT DURATION, MEASURES, AFTER MATCH SKIP TO NEXT ROW, PATTERN, DEFINE or ')'";

  private final TokenCursor tokens;
  private final ExpressionParser expressions;

  PatternParser(TokenCursor tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  RowPattern body() {
    List<Expression> partition = new ArrayList<>();
    Optional<Expression.Call> limit = Optional.empty();
    List<Query.Value> measures = new ArrayList<>();
    Optional<Pattern> pattern = Optional.empty();
    List<RowPattern.Definition> definitions = new ArrayList<>();
    tokens.expect("(");
    while (!tokens.isAt(")")) {
      if (tokens.skip("PARTITION", "BY")) {
        do {
          partition.add(expressions.expression());
        } while (tokens.skip(","));
      } else if (tokens.skip("LIMIT")) {
        limit = Optional.of(expressions.duration());
      } else if (tokens.skip("MEASURES")) {
        do {
          measures.add(measure());
        } while (tokens.skip(","));
      } else if (tokens.skip("PATTERN")) {
        tokens.expect("(");
        pattern = Optional.of(choice());
        tokens.expect(")");
      } else if (tokens.skip("DEFINE")) {
        do {
          definitions.add(definition());
        } while (tokens.skip(","));
      } else if (!tokens.skip("ONE", "ROW", "PER", "MATCH")
          && !tokens.skip("AFTER", "MATCH", "SKIP", "TO", "NEXT", "ROW")) {
        throw tokens.expected(CLAUSES);
      }
    }
    if (pattern.isEmpty()) {
      throw tokens.expected("PATTERN");
    }
    tokens.expect(")");
    return new RowPattern(partition, limit, measures, pattern.get(), definitions);
  }

  private Query.Value measure() {
    Position at = tokens.peek().at();
    Expression value = expressions.expression();
    tokens.expect("AS");
    return new Query.Value(value, Optional.of(tokens.expectName("a name")), at);
  }

  private RowPattern.Definition definition() {
    Name variable = tokens.expectName("a variable of the pattern");
    tokens.expect("AS");
    return new RowPattern.Definition(variable, expressions.expression());
  }

  private Pattern choice() {
    Position at = tokens.peek().at();
    tokens.enter();
    List<Pattern> options = new ArrayList<>();
    do {
      options.add(sequence());
    } while (tokens.skip("|"));
    tokens.leave();
    return options.size() == 1 ? options.get(0) : new Pattern.Choice(options, at);
  }

  private Pattern sequence() {
    Position at = tokens.peek().at();
    List<Pattern> parts = new ArrayList<>();
    do {
      parts.add(repeated());
    } while (!tokens.isAt(")") && !tokens.isAt("|"));
    return parts.size() == 1 ? parts.get(0) : new Pattern.Sequence(parts, at);
  }

  private Pattern repeated() {
    Pattern pattern = single();
    if (tokens.skip("*")) {
      return new Pattern.Repeated(pattern, 0, OptionalInt.empty());
    } else if (tokens.skip("+")) {
      return new Pattern.Repeated(pattern, 1, OptionalInt.empty());
    } else if (tokens.skip("?")) {
      return new Pattern.Repeated(pattern, 0, OptionalInt.of(1));
    } else if (tokens.skip("{")) {
      int least = number().orElse(0);
      OptionalInt most = tokens.skip(",") ? number() : OptionalInt.of(least);
      tokens.expect("}");
      return new Pattern.Repeated(pattern, least, most);
    }
    return pattern;
  }

  private OptionalInt number() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.NUMBER) {
      return OptionalInt.empty();
    }
    if (!token.text().matches("\\d{1,4}")) {
      throw tokens.expected("a number of rows");
    }
    return OptionalInt.of(Integer.parseInt(tokens.next().text()));
  }

  private Pattern single() {
    Position at = tokens.peek().at();
    if (tokens.skip("(")) {
      Pattern inner = choice();
      tokens.expect(")");
      return inner;
    }
    return tokens.skip(".")
        ? new Pattern.AnyRow(at)
        : new Pattern.Variable(tokens.expectName("a variable of the pattern"));
  }
}
