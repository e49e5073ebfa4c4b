using System;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>Hears how a property went; FsCheck's own runner prints it to the console.</summary>
internal sealed class OutcomeRunner : IRunner
{
    private TestResult? _result;

    public TestResult Result => _result ?? throw new InvalidOperationException("FsCheck has not finished");

    /// <summary>What the smallest failing case threw, if it threw.</summary>
    public Exception? Error =>
        Result is TestResult.Failed { Item4: Outcome.Failed failed } ? failed.Item : null;

    public void OnStartFixture(Type t)
    {
    }

    public void OnArguments(
        int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) =>
        FSharpFunc<int, FSharpList<object>>.InvokeFast(every, ntest, args);

    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) =>
        everyShrink.Invoke(args);

    public void OnFinished(string name, TestResult testResult) => _result = testResult;
}
