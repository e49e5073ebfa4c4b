using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// Makes the rows of a <see cref="CodecTheoryAttribute"/>, each skipped by itself; xunit finds it by name.
/// </summary>
public sealed class CodecTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute,
        object[] dataRow) =>
        MissingCodec.ReasonToSkip(dataRow.OfType<CompressionCodec>().Single()) is { } reason
            ? CreateTestCasesForSkippedDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow, reason)
            : base.CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow);
}
