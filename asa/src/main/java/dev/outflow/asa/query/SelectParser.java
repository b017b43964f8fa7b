package dev.outflow.asa.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses SELECT, UNION and what FROM reads. */
final class SelectParser {
  private final TokenCursor tokens;
  private final ExpressionParser expressions;
  private final PatternParser patterns;

  SelectParser(TokenCursor tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.patterns = new PatternParser(tokens, expressions);
  }

  Query query() {
    tokens.enter();
    Query left = operand();
    while (tokens.isAt("UNION")) {
      Position at = tokens.next().at();
      tokens.skip("ALL");
      left = new Query.Union(left, operand(), at);
    }
    tokens.leave();
    return left;
  }

  private Query operand() {
    if (tokens.skip("(")) {
      Query inner = query();
      tokens.expect(")");
      return inner;
    }
    return select();
  }

  private Query.Select select() {
    Position at = tokens.expect("SELECT").at();
    boolean distinct = tokens.skip("DISTINCT");
    Optional<Expression> top = Optional.empty();
    if (tokens.isAt("TOP") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
      tokens.next();
      top = Optional.of(new Expression.Numeral(tokens.peek().text(), tokens.next().at()));
    }
    List<Query.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (tokens.skip(","));
    Optional<Name> into =
        tokens.skip("INTO") ? Optional.of(tokens.expectName("an output")) : Optional.empty();
    tokens.expect("FROM");
    Source from = source();
    Optional<Expression> where =
        tokens.skip("WHERE") ? Optional.of(expressions.expression()) : Optional.empty();
    List<Expression> groupBy = new ArrayList<>();
    if (tokens.skip("GROUP", "BY")) {
      do {
        groupBy.add(expressions.expression());
      } while (tokens.skip(","));
    }
    Optional<Expression> having =
        tokens.skip("HAVING") ? Optional.of(expressions.expression()) : Optional.empty();
    return new Query.Select(distinct, top, items, into, from, where, groupBy, having, at);
  }

  private Query.Item item() {
    Token first = tokens.peek();
    if (tokens.skip("*")) {
      return new Query.Star(List.of(), first.at());
    }
    if (first.isName() && tokens.peek(1).is("=")) {
      Name name = tokens.next().name();
      tokens.next();
      return new Query.Value(expressions.expression(), Optional.of(name), first.at());
    }
    Expression value = expressions.expression();
    if (tokens.skip(".", "*")) {
      if (value instanceof Expression.Column column) {
        return new Query.Star(column.path(), first.at());
      }
      if (value instanceof Expression.Text text && text.isDoubleQuoted()) {
        return new Query.Star(List.of(new Name(text.value(), text.at())), first.at());
      }
      throw new TokenCursor.SyntaxException(first.at(), "expected a record before '.*'");
    }
    return new Query.Value(value, alias(), first.at());
  }

  /** Texts in single quotes are accepted as names after AS. */
  private Optional<Name> alias() {
    if (tokens.skip("AS")) {
      Token name = tokens.peek();
      if (name.kind() == Token.Kind.WORD || name.kind() == Token.Kind.TEXT) {
        return Optional.of(tokens.next().name());
      }
      return Optional.of(tokens.expectName("a name"));
    }
    return tokens.peek().isName() ? Optional.of(tokens.next().name()) : Optional.empty();
  }

  private Source source() {
    Source source = primary();
    while (true) {
      Position at = tokens.peek().at();
      if (tokens.isAt("CROSS", "APPLY") || tokens.isAt("OUTER", "APPLY")) {
        source = apply(source, at);
      } else if (tokens.skip("CROSS", "JOIN")) {
        source = new Source.Join(false, source, primary(), Optional.empty(), at);
      } else if (tokens.isAt("MATCH_RECOGNIZE")) {
        source = match(source, at);
      } else if (tokens.isAt("JOIN") || tokens.isAt("INNER") || tokens.isAt("LEFT")) {
        boolean left = tokens.skip("LEFT");
        tokens.skip(left ? "OUTER" : "INNER");
        tokens.expect("JOIN");
        Source second = primary();
        tokens.expect("ON");
        source = new Source.Join(left, source, second, Optional.of(expressions.expression()), at);
      } else {
        return source;
      }
    }
  }

  private Source primary() {
    Position at = tokens.peek().at();
    if (tokens.isAt("(") && (tokens.peek(1).is("SELECT") || tokens.peek(1).is("("))) {
      tokens.next();
      Query inner = query();
      tokens.expect(")");
      return new Source.Subquery(inner, tableAlias(), at);
    }
    if (tokens.skip("(")) {
      Source inner = source();
      tokens.expect(")");
      return inner;
    }
    Name name = tokens.expectName("an input or a step");
    Optional<Name> alias = tableAlias();
    Optional<Expression> timestamp = Optional.empty();
    List<Expression> substreams = new ArrayList<>();
    List<Expression> partitions = new ArrayList<>();
    while (true) {
      if (tokens.skip("TIMESTAMP", "BY")) {
        timestamp = Optional.of(expressions.expression());
        if (tokens.skip("OVER")) {
          do {
            substreams.add(expressions.expression());
          } while (tokens.skip(","));
        }
      } else if (tokens.skip("PARTITION", "BY")) {
        do {
          partitions.add(expressions.expression());
        } while (tokens.skip(","));
        if (tokens.isAt("INTO") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
          tokens.next();
          tokens.next();
        }
      } else if (alias.isEmpty() && tableAliasFollows()) {
        alias = tableAlias();
      } else {
        return new Source.Table(name, alias, timestamp, substreams, partitions, at);
      }
    }
  }

  private boolean tableAliasFollows() {
    return tokens.isAt("AS")
        || (tokens.peek().isName()
            && !tokens.isAt("TIMESTAMP", "BY")
            && !tokens.isAt("PARTITION", "BY"));
  }

  private Optional<Name> tableAlias() {
    if (!tableAliasFollows()) {
      return Optional.empty();
    }
    tokens.skip("AS");
    return Optional.of(tokens.expectName("an alias"));
  }

  private Source apply(Source source, Position at) {
    boolean outer = tokens.next().is("OUTER");
    tokens.next();
    Expression function = expressions.expression();
    if (!(function instanceof Expression.Call call)) {
      throw new TokenCursor.SyntaxException(
          function.at(), "expected GetArrayElements(...) or GetRecordProperties(...) after APPLY");
    }
    tokens.skip("AS");
    return new Source.Apply(outer, source, call, tokens.expectName("an alias"), at);
  }

  private Source match(Source source, Position at) {
    tokens.next();
    return new Source.Match(source, patterns.body(), tableAlias(), at);
  }
}
