//! Size charts, as head office keeps them.

use devanture_domain::size;
use serde::{Deserialize, Serialize};

use crate::size::{SizeChart, SizeRow};

/// A size chart with its revision, so that of two who change it the second is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptSizeChart {
    /// Of which brand; of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Of which category and those below it (`women` is above `women > dress`); of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// From the smallest to the largest.
    pub rows: Vec<SizeRow>,
    /// Grows with every change. When it is sent, only the chart as it was read with it is replaced; 0 says that there was none.
    /// Without it whatever there is is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}

/// All charts of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeCharts {
    /// By brand, then category.
    pub items: Vec<KeptSizeChart>,
}

/// Query of `DELETE /admin/v1/size-charts`: what the chart is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SizeChartName {
    /// Of which brand; of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Of which category; of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The chart is only taken out as it was read with this revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}

impl KeptSizeChart {
    /// A chart as it is sent.
    pub fn new(
        brand: Option<String>,
        category: Option<String>,
        chart: &size::Chart,
        revision: Option<i64>,
    ) -> Self {
        let SizeChart { brand, category, rows } = SizeChart::new(brand, category, chart);
        Self { brand, category, rows, revision }
    }

    /// Without its revision.
    pub fn into_chart(self) -> SizeChart {
        SizeChart { brand: self.brand, category: self.category, rows: self.rows }
    }
}
