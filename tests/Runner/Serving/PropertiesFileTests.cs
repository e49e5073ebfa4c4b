using System.Linq;
using Testbed.Runner.Serving;
using Xunit;

namespace Testbed.Tests.Runner.Serving;

/// <summary>What java.util.Properties of Java 17 makes of the same text.</summary>
public sealed class PropertiesFileTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1\nb=2", "a>1|b>2")]
    [InlineData("a:1", "a>1")]
    [InlineData("a 1", "a>1")]
    [InlineData("a\t\f = \t\f1", "a>1")]
    [InlineData("a==b", "a>=b")]
    [InlineData("a = = b", "a>= b")]
    [InlineData("a:=b", "a>=b")]
    [InlineData("a = b c", "a>b c")]
    [InlineData("k=v \t", "k>v \t")]
    [InlineData("k= \\ v", "k> v")]
    [InlineData("=v", ">v")]
    [InlineData("a", "a>")]
    [InlineData("a=", "a>")]
    [InlineData("  a=1", "a>1")]
    [InlineData("# a=1\n! b=2\n  # c=3\n\n \t\f\nd=4", "d>4")]
    [InlineData("a=1 # no comment", "a>1 # no comment")]
    [InlineData("a=1\rb=2\r\nc=3", "a>1|b>2|c>3")]
    [InlineData("a=1\na=2", "a>2")]
    [InlineData("a=1\nb=2\na=3", "b>2|a>3")]
    public void Names_and_values_are_taken_apart(string text, string expected) =>
        Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("a=1,\\\n   2", "a>1,2")]
    [InlineData("a=1,\\\r\n\t2", "a>1,2")]
    [InlineData("a=1 \\\n2", "a>1 2")]
    [InlineData("a\\\n   b:c", "ab>c")]
    [InlineData("a=1\\\\\nb=2", "a>1\\|b>2")]
    [InlineData("a=1\\\\\\\nb=2", "a>1\\b=2")]
    [InlineData("a=1\\\n#x", "a>1#x")]
    [InlineData("a=1\\\n\nb=2", "a>1|b>2")]
    [InlineData("a=1\\", "a>1")]
    [InlineData("a=\\\n", "a>")]
    [InlineData("\\\n# comment\na=1", "a>1")]
    [InlineData("# comment\\\na=1", "a>1")]
    public void A_backslash_at_the_end_goes_on_with_the_next_line(string text, string expected) =>
        Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData(@"a\=b=c", "a=b>c")]
    [InlineData(@"a\ b\:c d", "a b:c>d")]
    [InlineData(@"\#a=1", "#a>1")]
    [InlineData(@"a=\t\n\r\f", "a>\t\n\r\f")]
    [InlineData(@"a=\b\q\'\\", "a>bq'\\")]
    [InlineData(@"\u0061\u0062=\u0041\u00e4", "ab>Aä")]
    [InlineData(@"a=\u00410", "a>A0")]
    [InlineData(@"a=\U0041", "a>U0041")]
    [InlineData(@"a=\\u0041", @"a>\u0041")]
    public void Escapes_stand_for_their_characters(string text, string expected) =>
        Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData(@"a=\u12", 1)]
    [InlineData(@"a=\u00G0", 1)]
    [InlineData(@"a=\u+041", 1)]
    [InlineData(@"a=\u 041", 1)]
    [InlineData(@"a=\uuu0041", 1)]
    [InlineData("# one\r\n\r\nb=2\n\\u=3", 4)]
    [InlineData("a=1\rb=C:\\users", 2)]
    public void A_broken_escape_is_told_with_its_line(string text, int line)
    {
        Assert.False(PropertiesFile.TryParse(text, out _, out var problem));
        Assert.StartsWith($"line {line}: four hexadecimal digits must follow \\u", problem);
    }

    /// <summary>name>value, in the order of the file, with | between.</summary>
    private static string Read(string text)
    {
        Assert.True(PropertiesFile.TryParse(text, out var settings, out _));
        return string.Join('|', settings.Select(setting => $"{setting.Key}>{setting.Value}"));
    }
}
