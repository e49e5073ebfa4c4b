using System;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Testbed.Runner;

/// <summary>How a flag reads a whole number and refuses what is none, or is out of range.</summary>
internal static class NumberFlag
{
    /// <summary>For the flag's CustomParser: a number of these bounds, both included.</summary>
    public static Func<ArgumentResult, T?> Between<T>(T smallest, T largest)
        where T : struct, INumber<T> =>
        result => Read(result, smallest, largest);

    private static T? Read<T>(ArgumentResult result, T smallest, T largest)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= smallest && number <= largest)
        {
            return number;
        }
        var flag = (result.Parent as OptionResult)?.Option.Name;
        result.AddError(string.Create(
            CultureInfo.InvariantCulture,
                $"{flag} '{text}' is no whole number from {smallest} to {largest}."));
        return null;
    }
}
