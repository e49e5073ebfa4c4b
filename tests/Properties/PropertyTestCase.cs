using System;
using System.ComponentModel;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>A property as xunit lists it.</summary>
public sealed class PropertyTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer only.")]
    public PropertyTestCase()
    {
    }

    public PropertyTestCase(
        IMessageSink diagnostics,
        TestMethodDisplay display,
        TestMethodDisplayOptions options,
        ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    /// <summary>
    /// FsCheck blocks on properties that are asynchronous, which it must not do on xunit's synchronization
    /// context: so each property runs on the thread pool.
    /// </summary>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        Task.Run(() => new PropertyCaseRunner(
            this, constructorArguments, messageBus, aggregator, cancellationTokenSource).RunAsync());
}
