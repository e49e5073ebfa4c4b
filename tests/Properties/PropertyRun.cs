using System;
using System.Reflection;
using System.Text;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>Checks one property.</summary>
internal static class PropertyRun
{
    /// <param name="method">The property.</param>
    /// <param name="target">The instance to call it on; null when it is static.</param>
    /// <param name="printed">Takes what FsCheck says when the property holds.</param>
    /// <exception cref="PropertyFailedException">It does not hold.</exception>
    public static void Check(MethodInfo method, object? target, StringBuilder printed)
    {
        var settings = new PropertySettings(method);
        var outcome = new OutcomeRunner();
        var config = settings.ToConfig(outcome, printed);
        FsCheck.Check.Method(config, method, target is null ? null : FSharpOption<object>.Some(target));
        var text = Runner.onFinishedToString("", outcome.Result);
        if (outcome.Result is not TestResult.Passed)
        {
            throw new PropertyFailedException(Environment.NewLine + text, outcome.Error);
        }
        if (!settings.IsQuiet)
        {
            printed.Append(text);
        }
    }
}
