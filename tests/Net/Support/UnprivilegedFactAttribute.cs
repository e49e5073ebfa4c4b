using System;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Skips for a user who may do everything.</summary>
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Skip = "the superuser may bind every port";
        }
    }
}
