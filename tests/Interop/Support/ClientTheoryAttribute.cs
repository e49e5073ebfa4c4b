using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A theory under the terms of <see cref="ClientFactAttribute"/>.</summary>
internal sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute(params string[] clients) => Skip = Clients.SkipReason(clients);
}
